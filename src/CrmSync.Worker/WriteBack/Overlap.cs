namespace CrmSync.Worker.WriteBack;

/// <summary>That somebody else was there between our read and our write, in words.</summary>
internal readonly record struct Overlap(string Reason, bool IsAnswer);
