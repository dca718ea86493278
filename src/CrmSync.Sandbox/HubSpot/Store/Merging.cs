using System.Globalization;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>Makes one record of two. The winner's values stand; gaps are filled from the loser; the further stage is kept.</summary>
internal static class Merging
{
    /// <summary>Contacts alone have it: each id that was merged away, a colon, and when that was.</summary>
    private const string Instants = "hs_calculated_merged_vids";

    public static HubSpotRecord Merge(Portal portal, HubSpotRecord winner, HubSpotRecord loser, WriteContext context)
    {
        var moved = loser.State.Values.Pairs.Where(pair => winner.State.Values.Get(pair.Key) is null).ToDictionary(StringComparer.Ordinal);
        if (loser.State.Values.Get(LifecycleStages.Property) is { } stage && !LifecycleRule.IsBackward(portal, winner, stage))
        {
            moved[LifecycleStages.Property] = stage;
        }

        if (loser.State.Values.Get("email") is { } email && winner.State.Values.Get("email") is not null)
        {
            moved["hs_additional_emails"] = email;
        }

        var survivor = portal.Switches.MergeMakesNewId ? Rebirth(portal, winner, context) : winner;
        Retire(portal, loser, survivor, context);
        moved["hs_merged_object_ids"] = string.Join(';', new[] { winner.State.Values.Get("hs_merged_object_ids"), winner == survivor ? null : winner.IdText, loser.IdText }
            .Where(part => !string.IsNullOrEmpty(part)));
        if (portal.Schema(winner.Type).Find(Instants) is not null)
        {
            var at = context.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            moved[Instants] = string.Join(';', new[] { winner.State.Values.Get(Instants), winner == survivor ? null : $"{winner.IdText}:{at}", $"{loser.IdText}:{at}" }
                .Where(part => !string.IsNullOrEmpty(part)));
        }

        var merged = context with { Actor = context.Actor with { SourceType = "MERGE_OBJECTS" } };
        RecordWriter.Update(portal, survivor, moved, merged);
        context.Note(loser, "mergedInto", null, survivor.IdText);
        portal.Changed(new PortalChange(ChangeKind.Merged, winner, merged) { Other = loser, Survivor = survivor, MovedProperties = moved.Count });
        return survivor;
    }

    /// <summary>A merge may give the pair a third id, under which the winner lives on.</summary>
    private static HubSpotRecord Rebirth(Portal portal, HubSpotRecord winner, WriteContext context)
    {
        var values = winner.State.Values.Pairs.ToDictionary(StringComparer.Ordinal);
        var table = portal.Table(winner.Type);
        var ticks = context.At.UtcTicks;
        var born = new HubSpotRecord(winner.Type, table.TakeId(), winner.CreatedAt.UtcTicks, winner.Creator, new RecordState(ValueBag.Empty.With(values), ticks, 0, ticks));
        table.Add(born);
        Retire(portal, winner, born, context);
        return born;
    }

    private static void Retire(Portal portal, HubSpotRecord record, HubSpotRecord survivor, WriteContext context)
    {
        // That ties go over is part of the merge; what they make of the survivor's stage is a change of its own.
        var ties = context with { Effects = [] };
        foreach (var link in record.Links?.ToList() ?? [])
        {
            if (portal.Table(link.To).FindEvenGone(link.ToId) is { } other && other != survivor)
            {
                Associations.Add(portal, survivor, other, [.. link.Types.Where(type => type != AssociationTypes.Primary(record.Type, link.To))], ties);
            }
        }

        context.Effects.AddRange(ties.Effects.Where(effect => effect.Field == LifecycleStages.Property));
        Associations.RemoveAll(portal, record);
        RecordWriter.Enter(portal, record, record.State.Values, context.At.UtcTicks, context);
        record.MergedInto = survivor.Id;
        foreach (var definition in portal.Schema(record.Type).Properties.Where(definition => definition.HasUniqueValue))
        {
            // The loser's address stays taken: it is now a further address of the survivor.
            var value = record.State.Values.Get(definition.Name);
            portal.Table(record.Type).Index(definition.Name, value, null, record);
            portal.Table(record.Type).Index(definition.Name, null, value, survivor);
        }
    }
}
