namespace CrmSync.Leads.Rules;

/// <summary>What counts as a yes. Writing it in the answer field always does.</summary>
public sealed record AcceptSettings
{
    /// <summary>The words of <c>acceptOn</c>: <c>answer</c> adds nothing, <c>action</c> everything.</summary>
    public static IReadOnlyList<string> Words { get; } = ["answer", "action", "stageMoved", "firstContact", "meetingBooked"];

    /// <summary>A person moves the stage to where sales has it.</summary>
    public bool OnStageMoved { get; init; }

    /// <summary>Sales speaks with the lead.</summary>
    public bool OnFirstContact { get; init; }
    public bool OnMeetingBooked { get; init; }

    /// <summary>Anything beside the written answer.</summary>
    public bool OnAction => OnStageMoved || OnFirstContact || OnMeetingBooked;

    /// <summary>These with one of <see cref="Words"/> more; null for any other word.</summary>
    public AcceptSettings? With(string word) => word switch
    {
        "answer" => this,
        "stageMoved" => this with { OnStageMoved = true },
        "firstContact" => this with { OnFirstContact = true },
        "meetingBooked" => this with { OnMeetingBooked = true },
        "action" => this with { OnStageMoved = true, OnFirstContact = true, OnMeetingBooked = true },
        _ => null,
    };

    /// <summary>What both say; null: these.</summary>
    public AcceptSettings NarrowedTo(AcceptSettings? other) => other is null ? this : new()
    {
        OnStageMoved = OnStageMoved && other.OnStageMoved,
        OnFirstContact = OnFirstContact && other.OnFirstContact,
        OnMeetingBooked = OnMeetingBooked && other.OnMeetingBooked,
    };
}
