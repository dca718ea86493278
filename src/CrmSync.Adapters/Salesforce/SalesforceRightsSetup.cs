using CrmSync.Adapters.Salesforce.Soql;
using static CrmSync.Adapters.Salesforce.Soql.SoqlCondition;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// A new field is hidden from everybody: a permission set shows the fields and lets them be edited, to our own user at once and to
/// whomever an admin gives it.
/// </summary>
internal sealed class SalesforceRightsSetup(SalesforceClient client)
{
    private const string Name = "CrmSync";
    private const int MostRows = 200;
    private const string NoAssignment = "FALSE";
    private readonly SalesforceQueries _queries = new(client);

    public async Task<IReadOnlyList<SetupStep>> RunAsync(IReadOnlyList<SalesforceNewField> fields, bool planOnly, CancellationToken cancellationToken)
    {
        try
        {
            return await StepsAsync(fields, planOnly, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return
            [
                new("permission set", Name, SetupOutcome.Manual,
                    $"Setup > Permission Sets > New '{Name}': read and edit access to the fields above on leads, contacts and tasks; give it to CrmSync's user, to sales and to marketing. ({SalesforceErrors.Describe(e)})"),
            ];
        }
    }

    private async Task<List<SetupStep>> StepsAsync(IReadOnlyList<SalesforceNewField> fields, bool planOnly, CancellationToken cancellationToken)
    {
        var steps = new List<SetupStep>();
        var sets = await _queries.AllAsync(SoqlQuery.Of("PermissionSet", ["Id"]) with { Where = Equal("Name", SoqlLiteral.Of(Name)) }, cancellationToken).ConfigureAwait(false);
        var id = sets.Select(s => s.Id).FirstOrDefault(i => i is not null);
        steps.Add(new("permission set", Name, id is not null ? SetupOutcome.Exists : planOnly ? SetupOutcome.WouldCreate : SetupOutcome.Created));
        if (id is null && !planOnly)
            id = (await client.Api.CreateOneAsync(client.Paths.Data, "PermissionSet", new() { ["Name"] = Name, ["Label"] = Name }, cancellationToken).ConfigureAwait(false)).Id;
        steps.Add(await FieldsAsync(id, fields, planOnly, cancellationToken).ConfigureAwait(false));
        steps.Add(await AssignAsync(id, planOnly, cancellationToken).ConfigureAwait(false));
        steps.Add(new("permission set", $"{Name} for people", SetupOutcome.Manual, $"Setup > Permission Sets > {Name} > Manage Assignments: give it to sales and to marketing."));
        return steps;
    }

    private async Task<SetupStep> FieldsAsync(string? set, IReadOnlyList<SalesforceNewField> fields, bool planOnly, CancellationToken cancellationToken)
    {
        var wanted = fields.Select(f => (Object: f.RightsObject, Field: $"{f.RightsObject}.{f.Name}")).Distinct().ToList();
        var held = set is null ? [] : await _queries.AllAsync(SoqlQuery.Of("FieldPermissions", ["Id", "Field", "PermissionsEdit"]) with { Where = Equal("ParentId", SoqlLiteral.Of(set)) }, cancellationToken).ConfigureAwait(false);
        var rights = held.Where(p => p["Field"] is not null).DistinctBy(p => p["Field"], StringComparer.OrdinalIgnoreCase).ToDictionary(p => p["Field"]!, StringComparer.OrdinalIgnoreCase);
        var missing = wanted.Where(w => rights.GetValueOrDefault(w.Field)?["PermissionsEdit"] != "true").ToList();
        if (missing.Count == 0)
            return new("field rights", Name, SetupOutcome.Exists);
        if (planOnly || set is null)
            return new("field rights", Name, SetupOutcome.WouldCreate, $"{missing.Count} fields");
        var refused = new List<SalesforceError>();
        foreach (var some in missing.GroupBy(f => rights.ContainsKey(f.Field)).SelectMany(g => g.Chunk(MostRows)))
        {
            var answer = await GrantAsync(set, some, rights, cancellationToken).ConfigureAwait(false);
            refused.AddRange(answer.Where(r => r?.Success != true).SelectMany(r => r?.Errors ?? []));
        }
        return refused.Count == 0
            ? new("field rights", Name, SetupOutcome.Created, $"{missing.Count} fields")
            : new("field rights", Name, SetupOutcome.Manual, $"Setup > Permission Sets > {Name} > Object Settings: read and edit access to the fields above. ({SalesforceErrors.Describe(refused)})");
    }

    /// <summary>New rights for fields without any, and the right to edit for those that may only be read: of one chunk all are alike.</summary>
    private Task<List<SalesforceRow?>> GrantAsync(string set, (string Object, string Field)[] fields, Dictionary<string, SalesforceRecord> held, CancellationToken cancellationToken)
    {
        var rows = fields.Select(f => new Dictionary<string, object?> { ["attributes"] = new Dictionary<string, object?> { ["type"] = "FieldPermissions" }, ["PermissionsRead"] = true, ["PermissionsEdit"] = true }
            .With(held.GetValueOrDefault(f.Field) is { } known ? new() { ["id"] = known.Id } : new() { ["ParentId"] = set, ["SobjectType"] = f.Object, ["Field"] = f.Field }));
        var body = new SalesforceRows(false, [.. rows]);
        return held.ContainsKey(fields[0].Field)
            ? client.Api.UpdateAsync(client.Paths.Data, body, NoAssignment, "allowSave=true", cancellationToken)
            : client.Api.CreateAsync(client.Paths.Data, body, NoAssignment, cancellationToken);
    }

    private async Task<SetupStep> AssignAsync(string? set, bool planOnly, CancellationToken cancellationToken)
    {
        var step = $"{Name} for CrmSync's user";
        if (await client.UserIdAsync(cancellationToken).ConfigureAwait(false) is not { } user)
            return new("permission set", step, SetupOutcome.Manual, $"Setup > Permission Sets > {Name} > Manage Assignments: give it to the user that CrmSync works as.");
        var held = set is null ? [] : await _queries.AllAsync(SoqlQuery.Of("PermissionSetAssignment", ["Id"]) with
        {
            Where = All(Equal("PermissionSetId", SoqlLiteral.Of(set)), Equal("AssigneeId", SoqlLiteral.Of(user))),
        }, cancellationToken).ConfigureAwait(false);
        if (held.Count > 0)
            return new("permission set", step, SetupOutcome.Exists);
        if (planOnly || set is null)
            return new("permission set", step, SetupOutcome.WouldCreate);
        await client.Api.CreateOneAsync(client.Paths.Data, "PermissionSetAssignment", new() { ["PermissionSetId"] = set, ["AssigneeId"] = user }, cancellationToken).ConfigureAwait(false);
        return new("permission set", step, SetupOutcome.Created);
    }
}
