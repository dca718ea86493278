using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Records as HubSpot sends them: values are texts, keys alphabetical, three properties always there.</summary>
internal static class RecordJson
{
    private static readonly string[] ContactDefaults = ["firstname", "lastname", "email"];
    private static readonly string[] CompanyDefaults = ["name", "domain"];
    private static readonly string[] DealDefaults = ["dealname", "amount", "closedate", "pipeline", "dealstage"];

    public static JsonObject Write(Portal portal, HubSpotRecord record, RecordState state, IEnumerable<string> properties)
    {
        var body = new JsonObject
        {
            ["id"] = record.IdText,
            ["properties"] = Properties(portal, record, state, properties),
            ["createdAt"] = Instants.Format(record.CreatedAt),
            ["updatedAt"] = Instants.Format(state.UpdatedAt),
            ["archived"] = state.IsArchived,
        };
        if (state.IsArchived)
        {
            body["archivedAt"] = Instants.Format(new DateTimeOffset(state.ArchivedTicks, TimeSpan.Zero));
        }

        return body;
    }

    /// <summary>What a read shows when it names no property.</summary>
    public static IReadOnlyList<string> Defaults(ObjectType type) => type switch
    {
        _ when type == ObjectType.Contact => ContactDefaults,
        _ when type == ObjectType.Company => CompanyDefaults,
        _ when type == ObjectType.Deal => DealDefaults,
        _ => [],
    };

    /// <summary>The larger set that a single create answers with.</summary>
    public static IEnumerable<string> AfterCreate(Portal portal, HubSpotRecord record)
    {
        var kept = record.State.Values.Pairs.Select(pair => pair.Key).Concat(["hs_object_source", "hs_object_source_id", "hs_object_source_label"]);
        if (record.Type != ObjectType.Contact)
        {
            return kept;
        }

        var stage = record.State.Values.Get(LifecycleStages.Property);
        return kept.Concat(["hs_all_contact_vids", "hs_email_domain", "hs_is_contact", "hs_is_unworked", "hs_marketable_status", "hs_pipeline"])
            .Concat(stage is null ? [] : [$"hs_v2_date_entered_{stage}", $"hs_lifecyclestage_{stage}_date"])
            .Where(name => portal.Schema(record.Type).Find(name) is not null);
    }

    public static void AddHistory(JsonObject body, HubSpotRecord record, IReadOnlyCollection<string> properties)
    {
        if (properties.Count == 0)
        {
            return;
        }

        var history = new JsonObject();
        foreach (var name in properties.Distinct().Order(StringComparer.Ordinal))
        {
            history[name] = new JsonArray([.. record.Versions(name).Select(version => (JsonNode)Version(version))]);
        }

        body["propertiesWithHistory"] = history;
    }

    /// <summary>The inline form; no key at all when there is nothing to show.</summary>
    public static void AddAssociations(JsonObject body, Portal portal, HubSpotRecord record, IEnumerable<ObjectType> types)
    {
        var all = new JsonObject();
        foreach (var type in types)
        {
            var ends = Associations.To(portal, record, type).SelectMany(end => Names(record.Type, type, end.Link).Select(name => (JsonNode)new JsonObject
            {
                ["id"] = end.Record.IdText,
                ["type"] = name,
            })).ToArray();
            if (ends.Length > 0)
            {
                all[type.Plural] = new JsonObject { ["results"] = new JsonArray(ends) };
            }
        }

        if (all.Count > 0)
        {
            body["associations"] = all;
        }
    }

    private static IEnumerable<string> Names(ObjectType from, ObjectType to, Link link)
    {
        var unlabelled = $"{from.Singular}_to_{to.Singular}";
        if (AssociationTypes.Primary(from, to) is { } primary && link.Types.Contains(primary))
        {
            yield return unlabelled;
            yield return unlabelled + "_unlabeled";
        }
        else
        {
            yield return AssociationTypes.Primary(from, to) is null ? unlabelled : unlabelled + "_unlabeled";
        }
    }

    private static JsonObject Properties(Portal portal, HubSpotRecord record, RecordState state, IEnumerable<string> asked)
    {
        var schema = portal.Schema(record.Type);
        var names = asked.Where(name => schema.Find(name) is not null)
            .Concat([record.Type.CreatedProperty, record.Type.ModifiedProperty, "hs_object_id"])
            .Distinct().Order(StringComparer.Ordinal);
        var values = new JsonObject();
        foreach (var name in names)
        {
            values[name] = RecordReader.Read(portal, record, state, name);
        }

        return values;
    }

    private static JsonObject Version(PropertyVersion version)
    {
        var body = new JsonObject
        {
            ["value"] = version.Value,
            ["timestamp"] = Instants.Format(version.At),
            ["sourceType"] = version.Actor.SourceType,
        };
        if (version.Actor.SourceId is { } source)
        {
            body["sourceId"] = source;
        }

        if (version.Actor.SourceLabel is { } label)
        {
            body["sourceLabel"] = label;
        }

        if (version.Actor.UserId is { } user)
        {
            body["updatedByUserId"] = user;
        }

        return body;
    }
}
