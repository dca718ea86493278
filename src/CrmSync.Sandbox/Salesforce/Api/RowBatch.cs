using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>What became of one row: its id, a change still to be made, or why not.</summary>
internal sealed record RowOutcome(string? Id, Func<string>? Change, SalesforceRefusal? Refusal);

/// <summary>Writes the rows of a collection, each in two steps: a look at whether it may be, and the change.</summary>
internal static class RowBatch
{
    private const string RolledBack = "Record rolled back because not all records were valid and the request was using AllOrNone header";

    /// <summary>Without all-or-none each row is done before the next is looked at.</summary>
    public static RestReply Run(IReadOnlyList<Func<Func<string>>> rows, bool isAllOrNone)
    {
        var outcomes = rows.Select(row => Try(() => isAllOrNone ? Later(row()) : Now(row()))).ToList();
        if (isAllOrNone)
        {
            var isWhole = outcomes.TrueForAll(outcome => outcome.Refusal is null);
            outcomes = [.. outcomes.Select(outcome => isWhole ? Try(() => Now(outcome.Change!)) : outcome.Refusal is null
                ? new RowOutcome(null, null, SalesforceRefusal.Row("ALL_OR_NONE_OPERATION_ROLLED_BACK", RolledBack))
                : outcome)];
        }

        return RestReply.Ok(new JsonArray([.. outcomes.Select(outcome => (JsonNode)(outcome.Refusal is { } refusal
            ? new JsonObject { ["success"] = false, ["errors"] = new JsonArray(refusal.ToRowError()) }
            : RowEndpoints.Done(outcome.Id!)))]));

        static RowOutcome Now(Func<string> change) => new(change(), null, null);
        static RowOutcome Later(Func<string> change) => new(null, change, null);
    }

    private static RowOutcome Try(Func<RowOutcome> work)
    {
        try
        {
            return work();
        }
        catch (SalesforceRefusal refusal)
        {
            return new RowOutcome(null, null, refusal);
        }
    }
}
