using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Creates the fields that are missing, and adds the values that a picklist lacks: what an admin made of it stays.</summary>
internal sealed class SalesforceFieldSetup(SalesforceClient client)
{
    private const string Suffix = "__c";

    public async Task<IReadOnlyList<SetupStep>> RunAsync(IReadOnlyList<SalesforceNewField> fields, bool planOnly, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(fields, cancellationToken).ConfigureAwait(false);
        var steps = new List<SetupStep>();
        foreach (var field in fields)
            steps.Add(await StepAsync(field, known.GetValueOrDefault(field.FullName.ToUpperInvariant()), planOnly, cancellationToken).ConfigureAwait(false));
        return steps;
    }

    /// <summary>The ids of the fields that are there, whether our user sees them or not.</summary>
    private async Task<Dictionary<string, string>> KnownAsync(IReadOnlyList<SalesforceNewField> fields, CancellationToken cancellationToken)
    {
        var query = SoqlQuery.Of("CustomField", ["Id", "DeveloperName", "TableEnumOrId"]) with
        {
            Where = SoqlCondition.In("DeveloperName", fields.Select(f => f.Name[..^Suffix.Length]).Distinct()),
        };
        var page = await client.Api.ToolingQueryAsync(client.Paths.Data, query.ToString(), cancellationToken).ConfigureAwait(false);
        return SalesforceQueries.Records(page)
            .Where(r => r is { Id: not null } && r["DeveloperName"] is not null)
            .DistinctBy(r => $"{r["TableEnumOrId"]}.{r["DeveloperName"]}{Suffix}".ToUpperInvariant())
            .ToDictionary(r => $"{r["TableEnumOrId"]}.{r["DeveloperName"]}{Suffix}".ToUpperInvariant(), r => r.Id!);
    }

    private async Task<SetupStep> StepAsync(SalesforceNewField field, string? id, bool planOnly, CancellationToken cancellationToken)
    {
        try
        {
            if (id is not null)
                return await ValuesAsync(field, id, planOnly, cancellationToken).ConfigureAwait(false);
            if (planOnly)
                return new("field", field.FullName, SetupOutcome.WouldCreate);
            var made = await client.Api.CreateToolingAsync(client.Paths.Data, "CustomField", field.Definition(), cancellationToken).ConfigureAwait(false);
            return made.Success != false ? new("field", field.FullName, SetupOutcome.Created) : ByHand(field, SalesforceErrors.Describe(made.Errors ?? []));
        }
        catch (CrmException e) when (SalesforceErrors.Has(e, "DUPLICATE_DEVELOPER_NAME"))
        {
            // Somebody else was faster.
            return new("field", field.FullName, SetupOutcome.Exists);
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return ByHand(field, SalesforceErrors.Describe(e));
        }
    }

    /// <summary>A change replaces the definition: it is sent back as it is, with the missing values behind. The stage's own list is the org's.</summary>
    private async Task<SetupStep> ValuesAsync(SalesforceNewField field, string id, bool planOnly, CancellationToken cancellationToken)
    {
        var exists = new SetupStep("field", field.FullName, SetupOutcome.Exists);
        if (ValuesOf(field.Metadata) is not { } wanted || !field.Name.StartsWith("crmsync_", StringComparison.OrdinalIgnoreCase))
            return exists;
        var told = await client.Api.ToolingAsync(client.Paths.Data, "CustomField", id, cancellationToken).ConfigureAwait(false);
        if (JsonNode.Parse(told.GetRawText())?["Metadata"] is not JsonObject metadata || ValuesOf(metadata) is not { } there)
            return exists;
        var names = there.Select(v => v?["valueName"]?.GetValue<string>()).ToHashSet();
        var missing = wanted.Where(v => !names.Contains(v!["valueName"]!.GetValue<string>())).ToList();
        if (missing.Count == 0)
            return exists;
        var detail = string.Join(", ", missing.Select(v => v!["valueName"]!.GetValue<string>()));
        if (planOnly)
            return new("values", field.FullName, SetupOutcome.WouldCreate, detail);
        foreach (var value in missing)
            there.Add(value!.DeepClone());
        await client.Api.PatchToolingAsync(client.Paths.Data, "CustomField", id, JsonSerializer.SerializeToElement(new JsonObject { ["Metadata"] = metadata.DeepClone() }), cancellationToken)
            .ConfigureAwait(false);
        return new("values", field.FullName, SetupOutcome.Created, detail);
    }

    private static JsonArray? ValuesOf(JsonObject metadata) => metadata["valueSet"]?["valueSetDefinition"]?["value"] as JsonArray;

    /// <summary>The recipe for a field that we may not make.</summary>
    public static SetupStep ByHand(SalesforceNewField field, string why) => new("field", field.FullName, SetupOutcome.Manual,
        $"Setup > Object Manager > {field.Object} > Fields & Relationships > New: {field.Metadata["type"]}{SizeText(field.Metadata)}, label '{field.Metadata["label"]}', name {field.Name[..^Suffix.Length]}{ValuesText(field.Metadata)}{MarksText(field.Metadata)}. ({why})");

    private static string SizeText(JsonObject metadata) =>
        metadata["length"] is { } length ? $" of {length}" : metadata["precision"] is { } precision ? $" of {precision} digits with {metadata["scale"]} decimals" : "";

    /// <summary>Without them a key would not be single, and history would not tell who answered.</summary>
    private static string MarksText(JsonObject metadata) => string.Concat(
        new[] { ("unique", "unique"), ("caseSensitive", "case sensitive"), ("externalId", "external ID"), ("trackHistory", "history tracked") }
            .Where(mark => metadata[mark.Item1] is JsonValue value && value.TryGetValue(out bool isSet) && isSet).Select(mark => $", {mark.Item2}"));

    private static string ValuesText(JsonObject metadata) =>
        ValuesOf(metadata) is { } values ? $", values {string.Join("; ", values.Select(v => $"{v!["label"]} (API name {v["valueName"]})"))}" : "";
}
