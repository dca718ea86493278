using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>Ties records together, at both ends.</summary>
internal static class Associations
{
    /// <summary>Adds these types to what ties the two; the unlabelled one is always among them.</summary>
    public static void Add(Portal portal, HubSpotRecord from, HubSpotRecord to, IReadOnlyCollection<int> types, WriteContext context)
    {
        var isNew = LinkOf(from, to) is null;
        Tie(from, to, types);
        if (isNew)
        {
            Announce(portal, ChangeKind.Associated, from, to, context);
        }
    }

    /// <summary>Sets exactly these labels beside the unlabelled type.</summary>
    public static void Replace(Portal portal, HubSpotRecord from, HubSpotRecord to, IReadOnlyCollection<int> types, WriteContext context)
    {
        var isNew = LinkOf(from, to) is null;
        from.Links?.RemoveAll(link => link.To == to.Type && link.ToId == to.Id);
        to.Links?.RemoveAll(link => link.To == from.Type && link.ToId == from.Id);
        Tie(from, to, types);
        if (isNew)
        {
            Announce(portal, ChangeKind.Associated, from, to, context);
        }
    }

    public static bool Remove(Portal portal, HubSpotRecord from, HubSpotRecord to, WriteContext context)
    {
        if (from.Links is null || from.Links.RemoveAll(link => link.To == to.Type && link.ToId == to.Id) == 0)
        {
            return false;
        }

        to.Links?.RemoveAll(link => link.To == from.Type && link.ToId == from.Id);
        Announce(portal, ChangeKind.Dissociated, from, to, context);
        return true;
    }

    /// <summary>Forgets all ties of a record without telling anybody.</summary>
    public static void RemoveAll(Portal portal, HubSpotRecord record)
    {
        foreach (var link in record.Links ?? [])
        {
            portal.Table(link.To).FindEvenGone(link.ToId)?.Links?.RemoveAll(back => back.To == record.Type && back.ToId == record.Id);
        }

        record.Links = null;
    }

    /// <summary>Live records of a type that this one is tied to, in the order in which they were tied.</summary>
    public static IEnumerable<(HubSpotRecord Record, Link Link)> To(Portal portal, HubSpotRecord record, ObjectType type) =>
        (record.Links ?? []).Where(link => link.To == type)
            .Select(link => (Record: portal.Table(type).Find(link.ToId), Link: link))
            .Where(end => end.Record is { State.IsArchived: false })
            .Select(end => (end.Record!, end.Link));

    private static void Tie(HubSpotRecord from, HubSpotRecord to, IReadOnlyCollection<int> types)
    {
        var all = types.Append(AssociationTypes.Default(from.Type, to.Type) ?? 0).Where(type => type != 0).ToHashSet();
        if (AssociationTypes.Primary(from.Type, to.Type) is { } primary && NeedsPrimary(from, to))
        {
            all.Add(primary);
        }

        Put(from, to, all);
        Put(to, from, all.Select(AssociationTypes.Reverse));
    }

    private static Link? LinkOf(HubSpotRecord from, HubSpotRecord to) => from.Links?.Find(link => link.To == to.Type && link.ToId == to.Id);

    /// <summary>The first company of a contact or deal is its primary one.</summary>
    private static bool NeedsPrimary(HubSpotRecord from, HubSpotRecord to)
    {
        var (owner, company) = to.Type == ObjectType.Company ? (from, to.Type) : (to, from.Type);
        return company == ObjectType.Company && owner.Links?.Exists(link => link.To == company) != true;
    }

    private static void Put(HubSpotRecord from, HubSpotRecord to, IEnumerable<int> types)
    {
        from.Links ??= [];
        var index = from.Links.FindIndex(link => link.To == to.Type && link.ToId == to.Id);
        var merged = index < 0 ? types : from.Links[index].Types.Union(types);
        var link = new Link(to.Type, to.Id, [.. merged.Distinct().Order()]);
        if (index < 0)
        {
            from.Links.Add(link);
        }
        else
        {
            from.Links[index] = link;
        }
    }

    private static void Announce(Portal portal, ChangeKind kind, HubSpotRecord from, HubSpotRecord to, WriteContext context)
    {
        var isAdded = kind == ChangeKind.Associated;
        context.Note(from, "association:" + to.Type.Plural, isAdded ? null : to.IdText, isAdded ? to.IdText : null);
        var isPrimary = AssociationTypes.Primary(from.Type, to.Type) is { } primary && (LinkOf(from, to)?.Types.Contains(primary) ?? false);
        portal.Changed(new PortalChange(kind, from, context) { Other = to, IsPrimary = isPrimary });
    }
}
