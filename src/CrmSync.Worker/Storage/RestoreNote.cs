namespace CrmSync.Worker.Storage;

/// <summary>That this store is an older one than the CRM knows: when it was noticed, and by what.</summary>
/// <param name="By"><c>anchors</c>: the file of anchors knows rows that the store lacks; <c>markers</c>: a record of the CRM names an effect that it lacks.</param>
public sealed record RestoreNote(DateTimeOffset At, string By)
{
    public const string ByAnchors = "anchors";
    public const string ByMarkers = "markers";
}
