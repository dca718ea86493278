using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// A judged lead in two readings: <paramref name="Watched"/> if nothing may be done, <paramref name="Moved"/> with the
/// step it would take; null when it takes none.
/// </summary>
internal readonly record struct JudgedLead(LeadPass Watched, LeadPass? Moved, bool IsOwnMove);
