using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>An intent that may be sent, and the lead it is about.</summary>
internal readonly record struct Guarded(IntentRow Intent, LeadRecord Lead);
