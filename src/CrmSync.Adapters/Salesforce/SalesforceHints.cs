using CrmSync.Adapters.Salesforce.PubSub;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Which records a change event says to look at. What we wrote ourselves is left out where the event shows that nothing else
/// changed; the poll sees it anyway.
/// </summary>
internal static class SalesforceHints
{
    private static readonly string[] Stamps = ["LastModifiedDate", "LastModifiedById", SalesforceStreams.Stamp];

    /// <summary>Fields that people answer in: a change there is looked at whoever made it.</summary>
    private static readonly string[] Answers = [.. new[] { HandoverFields.Decision, HandoverFields.DecisionText, HandoverFields.Request }.Select(SalesforceFieldNames.Of)];

    private static readonly HashSet<string> Ours = [.. HandoverFields.Of(withReports: true).Select(f => SalesforceFieldNames.Of(f.Name)).Except(Answers), .. Stamps];

    /// <summary>The stream that an object's changes belong to; null for one that is not watched.</summary>
    public static string? StreamOf(string entity, SalesforceOptions options) => options.Streams.FirstOrDefault(s => SalesforceStreams.ObjectOf(s) == entity);

    /// <summary>Whether an event does not say which records of an object that is watched have changed.</summary>
    public static bool HidesChanges(ChangeHeader header, SalesforceOptions options) => header.IsBlind && StreamOf(header.Entity, options) is not null;

    /// <param name="us">Our own user; null where that is not known.</param>
    public static IEnumerable<WebhookHint> Of(ChangeHeader header, SalesforceOptions options, string? us) =>
        StreamOf(header.Entity, options) is not { } stream || IsEcho(header, options, us)
            ? []
            : header.Ids.Where(SalesforceId.IsValid).Select(id => new WebhookHint(stream, id, $"event:{header.Transaction}/{header.Sequence}:{id}"));

    /// <summary>By acting user and fields: the caller's name is not documented to come with writes of many records.</summary>
    private static bool IsEcho(ChangeHeader header, SalesforceOptions options, string? us) =>
        us is not null && header.IsUpdate && SalesforceId.Same(header.User, us) && header.Changed!.All(f => Ours.Contains(f) || f == options.StageField);
}
