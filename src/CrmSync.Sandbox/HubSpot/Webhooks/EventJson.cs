using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Webhooks;

/// <summary>Changes in the words of HubSpot's webhooks.</summary>
internal static class EventJson
{
    /// <summary>The events that a change is told in: none for activities, two for a primary association.</summary>
    public static IEnumerable<(string Type, string? Property, JsonObject Body)> Of(PortalChange change)
    {
        var name = change.Record.Type.Singular;
        if (change.Record.Type.IsActivity || change.Other?.Type.IsActivity == true)
        {
            return [];
        }

        return change.Kind switch
        {
            ChangeKind.Created => [(name + ".creation", null, ForRecord(change, ("changeFlag", "NEW")))],
            ChangeKind.Archived => [(name + ".deletion", null, ForRecord(change, ("changeFlag", "DELETED")))],
            ChangeKind.Erased => [(name + ".privacyDeletion", null, ForRecord(change, ("changeFlag", "DELETED")))],
            ChangeKind.PropertyChanged => [(name + ".propertyChange", change.Property, ForRecord(change, ("propertyName", change.Property), ("propertyValue", change.Value)))],
            ChangeKind.Merged => [(name + ".merge", null, ForMerge(change))],
            _ => Association(change),
        };
    }

    private static JsonObject ForRecord(PortalChange change, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var body = Common(change);
        body["objectId"] = change.Record.Id;
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return body;
    }

    private static JsonObject ForMerge(PortalChange change)
    {
        var body = Common(change);
        body["objectId"] = change.Survivor!.Id;
        body["primaryObjectId"] = change.Record.Id;
        body["mergedObjectIds"] = new JsonArray(change.Other!.Id);
        body["newObjectId"] = change.Survivor.Id;
        body["numberOfPropertiesMoved"] = change.MovedProperties;
        return body;
    }

    /// <summary>An association is told from both ends, and a primary one once more as such.</summary>
    private static IEnumerable<(string, string?, JsonObject)> Association(PortalChange change)
    {
        foreach (var (from, to) in new[] { (change.Record, change.Other!), (change.Other!, change.Record) })
        {
            foreach (var isPrimary in change.IsPrimary ? new[] { false, true } : [false])
            {
                var body = Common(change);
                body["associationType"] = $"{from.Type.Singular}_TO_{to.Type.Singular}".ToUpperInvariant();
                body["fromObjectId"] = from.Id;
                body["toObjectId"] = to.Id;
                body["associationRemoved"] = change.Kind == ChangeKind.Dissociated;
                body["isPrimaryAssociation"] = isPrimary;
                yield return (from.Type.Singular + ".associationChange", null, body);
            }
        }
    }

    private static JsonObject Common(PortalChange change)
    {
        var body = new JsonObject
        {
            ["occurredAt"] = change.Context.At.ToUnixTimeMilliseconds(),
            ["changeSource"] = change.Context.Actor.SourceType,
        };
        if (change.Context.Actor.SourceId is { } source)
        {
            body["sourceId"] = source;
        }

        return body;
    }
}
