using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>What the audit says last of a lead's stage is what the CRM shows.</summary>
internal sealed class StageAtRest : IInvariant
{
    public string Id => "stage-at-rest";

    public string Promise => "At rest the CRM shows for each lead the stage of its last confirmed audit row, or one that somebody else set later and that was recorded.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var (book, stages, sales) = (new LeadBook(history), new Stages(history.Facts), new SaleBook(new(history)));
        var rows = history.Store.Audit.ToLookup(row => row.LeadKey);
        foreach (var lead in history.Store.Leads)
        {
            var allowed = Allowed(rows[lead.LeadKey], history.Facts);
            foreach (var record in book.RecordsOf(lead.LeadKey).Where(r => !book.Held.Contains(r.Id)))
            {
                var shown = stages.Standing(record.Stage);
                if (!allowed.Contains(shown) && !(sales.StageOf(record.Id) is { } sold && allowed.Contains(sold)))
                    yield return new(Id, $"{record.Id} stands at '{record.Stage}' in the CRM; the audit of {lead.LeadKey} ends at {string.Join(" or ", allowed.Select(s => s ?? "none of ours"))}");
            }
        }
    }

    /// <summary>
    /// The last stage that was applied or observed; and that of a conflict behind it, of which the product says itself that it may
    /// or may not have been written.
    /// </summary>
    private static List<string?> Allowed(IEnumerable<AuditRow> rows, RunFacts facts)
    {
        var allowed = new List<string?>();
        foreach (var row in rows)
        {
            var stage = row.Kind == "Observed" ? row.ToStage : row.ToStage ?? row.FromStage;
            // A stage that the account lacks lives in our own field; the record stays where it was.
            var isShown = stage is null || facts.StageValues.ContainsKey(stage);
            if (row.Kind is "Applied" or "Observed" && isShown)
                allowed.Clear();
            if (row.Kind is "Applied" or "Observed" or "Conflict" && isShown)
                allowed.Add(stage);
        }
        // None is seen of a lead whose stage is empty, too: it is at its beginning.
        if (allowed.Contains(null) && !allowed.Contains("Lead"))
            allowed.Add("Lead");
        return allowed;
    }
}
