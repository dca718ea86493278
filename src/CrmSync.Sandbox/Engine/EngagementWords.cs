using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>What people do before they speak with sales, and what it is called when the scenario gives it no title.</summary>
internal static class EngagementWords
{
    public const string All = "handRaise, contentDownload, webinarAttended, pageView, emailClick, emailOpen, socialClick, adForm, meetingBooked";
    public const string Webinar = "Less waste in production";

    /// <summary>Throws on a kind that nobody knows, before anything is written.</summary>
    public static void Check(string kind)
    {
        if (!All.Split(", ").Contains(kind))
        {
            throw new SandboxRequestException($"Unknown engagement '{kind}'. Known: {All}.");
        }
    }

    /// <summary>The form behind a kind; null for one that is no form.</summary>
    public static string? FormOf(EngagementSpec engagement) => engagement.Kind switch
    {
        "handRaise" => engagement.Title ?? "Demo request: Book a demo",
        "contentDownload" => engagement.Title ?? "Guide: Less waste in production",
        "adForm" => engagement.Title ?? "LinkedIn ad: Ask for the price list",
        _ => null,
    };

    /// <summary>The engagement that a person's act of submitting a form is.</summary>
    public static EngagementSpec Of(ActRequest act)
    {
        var kind = act.Fields.GetValueOrDefault("kind") ?? "handRaise";
        Check(kind);
        var count = int.TryParse(act.Fields.GetValueOrDefault("count"), out var number) ? number : (int?)null;
        return new EngagementSpec { Kind = kind, Title = act.Fields.GetValueOrDefault("title"), Count = count };
    }
}
