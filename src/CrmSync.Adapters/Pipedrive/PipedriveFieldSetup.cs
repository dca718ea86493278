using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Creates the deal fields that are missing, and the options that a list lacks: what an admin made of it stays. Leads show the same
/// fields. A plan that takes no more fields is told, with the recipe.
/// </summary>
internal sealed class PipedriveFieldSetup(CrmConnection connection, PipedriveOptions options, PipedriveClient client)
{
    public async Task<IReadOnlyList<SetupStep>> RunAsync(PipedriveFieldBook book, bool planOnly, CancellationToken cancellationToken)
    {
        if (!book.IsSetUp && book.ByName.Count > 0)
            return [.. book.ByName.Select(name => Foreign(name, book)), new("fields", "all others", SetupOutcome.Manual, "They are made when that is settled: set up again.")];
        var steps = new List<SetupStep>();
        if (book.Stage is null && !book.HasDoubleStage)
            steps.Add(await MakeAsync(new(options.StageField ?? PipedriveFieldNames.StageIn(connection.Language), "enum", [.. PipedriveStages.Labels.Select(l => new PipedriveNewChoice(l))]),
                book, "StageField: ", planOnly, cancellationToken).ConfigureAwait(false));
        else
            steps.Add(new("field", book.Stage?.FieldName ?? PipedriveFieldNames.StageIn(connection.Language), book.HasDoubleStage ? SetupOutcome.Manual : SetupOutcome.Exists, Key(book.Stage)));
        foreach (var field in HandoverFields.Of(connection.Mapping.ReportFields).OrderBy(f => f.Name != HandoverFields.Marker))
            steps.Add(await StepAsync(field, book, planOnly, cancellationToken).ConfigureAwait(false));
        return steps;
    }

    private static SetupStep Foreign(string name, PipedriveFieldBook book) => new("field", name, SetupOutcome.Manual, book.Of(name) is not { FieldName: var shown, FieldCode: var key }
        ? "Several deal fields are called that already: give them other names."
        : $"'{shown}' is there already (key {key}), and CrmSync would write into it. If it may, write Mapping:Options:Fields: {name}={key}; otherwise give it another name.");

    private async Task<SetupStep> StepAsync(HandoverField field, PipedriveFieldBook book, bool planOnly, CancellationToken cancellationToken)
    {
        if (book.Doubles.Contains(field.Name))
            return new("field", field.Name, SetupOutcome.Manual, $"Several deal fields are called that: name the right one as Mapping:Options:Fields: {field.Name}=<key>.");
        if (book.Of(field.Name) is not { } known)
            return await MakeAsync(Definition(field), book, $"Fields: {field.Name}=", planOnly, cancellationToken).ConfigureAwait(false);
        var missing = book.MissingOptions(field);
        if (missing.Count == 0)
            return new("field", known.FieldName ?? field.Name, SetupOutcome.Exists, Key(known));
        var detail = string.Join(", ", missing.Select(o => o.Value));
        if (planOnly)
            return new("options", known.FieldName ?? field.Name, SetupOutcome.WouldCreate, detail);
        try
        {
            await client.Api.AddChoicesAsync(PipedrivePaths.V2, known.FieldCode!, [.. missing.Select(o => new PipedriveNewChoice(Label(o)))], cancellationToken).ConfigureAwait(false);
            return new("options", known.FieldName ?? field.Name, SetupOutcome.Created, detail);
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound && !e.OutcomeUnknown)
        {
            return new("options", known.FieldName ?? field.Name, SetupOutcome.Manual, $"Company settings > Data fields > Lead/deal: add the options {detail}. ({PipedriveErrors.Describe(e)})");
        }
    }

    /// <summary>A second field beside one that somebody renamed would stand empty, and everything in the first be lost.</summary>
    /// <param name="setting">The option in which the key of a field is named.</param>
    private async Task<SetupStep> MakeAsync(PipedriveNewField field, PipedriveFieldBook book, string setting, bool planOnly, CancellationToken cancellationToken)
    {
        if (field.Options is { Count: > 0 } options && book.Renamed([.. options.Select(o => o.Label)]) is { } renamed)
            return new("field", field.FieldName, SetupOutcome.Manual,
                $"'{renamed.FieldName}' has the same options. Was it renamed? Then write Mapping:Options:{setting}{renamed.FieldCode}, or give it its name back. If it is another one, change one of its options for the time being, and set up again.");
        if (planOnly)
            return new("field", field.FieldName, SetupOutcome.WouldCreate);
        try
        {
            var made = await client.Api.AddFieldAsync(PipedrivePaths.V2, field, cancellationToken).ConfigureAwait(false);
            return new("field", field.FieldName, SetupOutcome.Created, Key(made.Data));
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound && !e.OutcomeUnknown)
        {
            var why = PipedriveErrors.IsCapped(e) ? $"{e.Message} {e.Repair}" : PipedriveErrors.Describe(e);
            var choices = field.Options is { } all ? $", options {string.Join("; ", all.Select(o => o.Label))}" : "";
            return new("field", field.FieldName, SetupOutcome.Manual, $"Company settings > Data fields > Lead/deal > Custom field: {field.FieldType}, name '{field.FieldName}'{choices}{(field.Description is { } sign ? $", description '{sign}'" : "")}. ({why})");
        }
    }

    private PipedriveNewField Definition(HandoverField field) => new(
        field.Label(connection.Language),
        field.Type switch
        {
            HandoverFieldType.List => "enum",
            HandoverFieldType.LongText => "text",
            HandoverFieldType.Number => "double",
            // There is no field for an instant: a date alone would lose the hour.
            _ => "varchar",
        },
        field.Type == HandoverFieldType.List ? [.. field.Options.Select(o => new PipedriveNewChoice(Label(o)))] : null,
        PipedriveFieldNames.SignOf(field.Name));

    private string Label(HandoverOption option) => connection.Language == "da" ? option.Danish : option.English;

    private static string? Key(PipedriveField? field) => field?.FieldCode is { } code ? $"key {code}" : null;
}
