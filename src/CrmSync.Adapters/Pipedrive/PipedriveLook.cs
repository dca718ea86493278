using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Reads by the fields as they were when they were last asked for, which holds for hours; a reading that makes one doubt it is made again
/// with those of now.
/// </summary>
internal sealed class PipedriveLook(PipedriveSchema schema, PipedriveUsers users, PipedriveFactSources names, PipedriveReader reader, PipedriveCheckUp checkUp)
{
    private readonly PipedriveDoubts _doubts = new();

    public async Task<IReadOnlyList<CrmReading>> ReadAsync(
        IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, StageMap stages, CancellationToken cancellationToken)
    {
        var (readings, by) = await ReadByFieldsAsync(leadIds, depth, catalogue, stages, cancellationToken).ConfigureAwait(false);
        if (!_doubts.AreRaisedBy(readings, by.Strange))
            return readings;
        if (!await schema.RenewAsync(by.Book, cancellationToken).ConfigureAwait(false))
        {
            _doubts.Settle(readings, by.Strange);
            return readings;
        }
        checkUp.Forget();
        (readings, by) = await ReadByFieldsAsync(leadIds, depth, catalogue, stages, cancellationToken).ConfigureAwait(false);
        _doubts.Settle(readings, by.Strange);
        return readings;
    }

    private async Task<(IReadOnlyList<CrmReading> Readings, PipedriveWish By)> ReadByFieldsAsync(
        IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, StageMap stages, CancellationToken cancellationToken)
    {
        var book = await schema.ReadAsync(cancellationToken).ConfigureAwait(false);
        StageSight.Require(book.Stage is not null, stages, "Pipedrive");
        var machine = await users.MachineAsync(cancellationToken).ConfigureAwait(false);
        var sources = depth.HasFacts()
            ? await names.ResolveAsync(catalogue, schema, cancellationToken).ConfigureAwait(false)
            : new Dictionary<string, IReadOnlyList<PipedriveSource>>();
        var wish = new PipedriveWish(depth, catalogue, stages, book, machine, sources);
        return (await reader.ReadAsync(leadIds, wish, cancellationToken).ConfigureAwait(false), wish);
    }
}
