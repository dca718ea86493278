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
        var given = set is null ? [] : (await _queries.AllAsync(SoqlQuery.Of("FieldPermissions", ["Id", "Field"]) with { Where = Equal("ParentId", SoqlLiteral.Of(set)) }, cancellationToken)
            .ConfigureAwait(false)).Select(p => p["Field"]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = wanted.Where(w => !given.Contains(w.Field)).ToList();
        if (missing.Count == 0)
            return new("field rights", Name, SetupOutcome.Exists);
        if (planOnly || set is null)
            return new("field rights", Name, SetupOutcome.WouldCreate, $"{missing.Count} fields");
        var refused = new List<SalesforceError>();
        foreach (var some in missing.Chunk(MostRows))
        {
            var rows = some.Select(f => new Dictionary<string, object?>
            {
                ["attributes"] = new Dictionary<string, object?> { ["type"] = "FieldPermissions" },
                ["ParentId"] = set, ["SobjectType"] = f.Object, ["Field"] = f.Field, ["PermissionsRead"] = true, ["PermissionsEdit"] = true,
            });
            var answer = await client.Api.CreateAsync(client.Paths.Data, new(false, [.. rows]), NoAssignment, cancellationToken).ConfigureAwait(false);
            refused.AddRange(answer.Where(r => r?.Success != true).SelectMany(r => r?.Errors ?? []));
        }
        return refused.Count == 0
            ? new("field rights", Name, SetupOutcome.Created, $"{missing.Count} fields")
            : new("field rights", Name, SetupOutcome.Manual, $"Setup > Permission Sets > {Name} > Object Settings: read and edit access to the fields above. ({SalesforceErrors.Describe(refused)})");
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
