using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>The one way in which records change: it stamps, derives, remembers and tells.</summary>
internal static class ItemWriter
{
    /// <summary>Makes a record; a lead gets an id that nobody could have guessed.</summary>
    public static Item Create(PipedriveCompany company, EntityKind kind, Dictionary<string, object?> values, CompanyWrite context, DateTimeOffset? addTime = null)
    {
        var at = Stamp(kind, addTime ?? context.At);
        var item = company.Table(kind).Make(at, kind == EntityKind.Lead ? company.NextLeadId() : null);
        Derivations.Before(company, item, values, context, isNew: true);
        item.Fill(values);
        if (addTime is not null)
        {
            item.Put(item.Values, Stamp(kind, context.At));
        }

        company.Table(kind).Link(item);
        context.Effects.Add(new Effect(kind.Plural, item.Id, "id", null, item.Id, context.Actor.LogName));
        foreach (var (field, value) in item.Values)
        {
            Tell(company, item, field, null, value, context);
        }

        company.Tell(new ItemChange("create", item, null, item.AddTime, [.. item.Values.Keys], context));
        return item;
    }

    /// <summary>Changes fields; null empties one. Equal values are no change, but move the stamp all the same.</summary>
    public static void Update(PipedriveCompany company, Item item, Dictionary<string, object?> changes, CompanyWrite context, string? mergedFrom = null)
    {
        Derivations.Before(company, item, changes, context, isNew: false);
        var (before, beforeTime) = (item.Values, item.UpdateTime);
        var changed = changes.Where(change => !FieldValues.Same(before.GetValueOrDefault(change.Key), change.Value)).Select(change => change.Key).ToList();
        var values = new Dictionary<string, object?>(before, StringComparer.Ordinal);
        foreach (var field in changed)
        {
            Tell(company, item, field, before.GetValueOrDefault(field), changes[field], context);
            if (changes[field] is { } value)
            {
                values[field] = value;
            }
            else
            {
                values.Remove(field);
            }
        }

        item.Put(values, Stamp(item.Kind, context.At));
        company.Table(item.Kind).Link(item, before);
        Remember(item, changed, before, context);
        if (changed.Count > 0)
        {
            company.Tell(new ItemChange("change", item, before, beforeTime, changed, context) { MergedFrom = mergedFrom });
        }
    }

    /// <summary>A lead is gone at once; all else stays for a while, marked as deleted.</summary>
    public static void Delete(PipedriveCompany company, Item item, CompanyWrite context, string? mergedTo = null)
    {
        var (before, beforeTime) = (item.Values, item.UpdateTime);
        if (item.Kind == EntityKind.Lead)
        {
            item.IsGone = true;
        }
        else
        {
            item.Put(new Dictionary<string, object?>(before, StringComparer.Ordinal) { ["is_deleted"] = true }, Stamp(item.Kind, context.At));
        }

        context.Effects.Add(new Effect(item.Kind.Plural, item.Id, "is_deleted", "false", "true", context.Actor.LogName));
        company.Tell(new ItemChange("delete", item, before, beforeTime, [], context) { MergedTo = mergedTo });
    }

    private static void Remember(Item item, List<string> fields, IReadOnlyDictionary<string, object?> before, CompanyWrite context)
    {
        if (item.Kind != EntityKind.Deal && item.Kind != EntityKind.Person)
        {
            return;
        }

        item.History ??= [];
        item.History.AddRange(fields.Select(field => new LoggedChange(field, before.GetValueOrDefault(field), item[field], context.Actor, PipedriveTimes.Whole(context.At))));
    }

    private static void Tell(PipedriveCompany company, Item item, string code, object? before, object? after, CompanyWrite context)
    {
        if (company.Fields.Find(item.Kind, code) is { } field)
        {
            context.Effects.Add(new Effect(
                item.Kind.Plural, item.Id, ProductFields.NameOf(field), FieldValues.ToText(field, before), FieldValues.ToText(field, after), context.Actor.LogName));
        }
    }

    /// <summary>Leads know milliseconds; all else knows seconds.</summary>
    private static DateTimeOffset Stamp(EntityKind kind, DateTimeOffset at) => kind == EntityKind.Lead ? at : PipedriveTimes.Whole(at);
}
