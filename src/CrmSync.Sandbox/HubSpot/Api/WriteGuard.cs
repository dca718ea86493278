using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Refuses writes before anything is changed.</summary>
internal static class WriteGuard
{
    public static WriteCheck CheckCreate(Portal portal, ObjectType type, JsonObject input)
    {
        var check = WriteCheck.Of(portal, type, HubSpotJson.Texts(input["properties"]), null);
        if (RequiredProperties.Missing(type, check.Values) is { } problem)
        {
            check = check with { Problems = [.. check.Problems, problem] };
        }

        if (check.Problems.Count == 0)
        {
            ThrowIfTaken(portal, type, check.Values, null);
        }

        return check;
    }

    public static void ThrowIfInvalid(Portal portal, WriteCheck check)
    {
        if (check.Problems.Count > 0)
        {
            throw HubSpotRefusal.InvalidValues(portal.Id, check.Problems);
        }
    }

    public static void ThrowIfTaken(Portal portal, ObjectType type, Dictionary<string, string> values, HubSpotRecord? writer)
    {
        foreach (var (name, value) in values.Where(pair => pair.Value.Length > 0 && portal.Schema(type).Find(pair.Key) is { HasUniqueValue: true }))
        {
            if (portal.Table(type).FindUnique(name, value) is { } holder && holder != writer
                && (!holder.State.IsArchived || portal.Switches.ArchivedKeepUnique))
            {
                throw name == "email" && type == ObjectType.Contact
                    ? new HubSpotRefusal(409, $"Contact already exists. Existing ID: {holder.IdText}", "CONFLICT")
                    : HubSpotRefusal.InvalidValues(portal.Id, [new ValueProblem(name, "CONFLICTING_UNIQUE_VALUE", $"{holder.IdText} already has that value.")]);
            }
        }
    }
}
