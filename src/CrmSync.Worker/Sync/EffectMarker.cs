namespace CrmSync.Worker.Sync;

/// <summary>
/// The text in the record that names the effect which wrote it: <c>v1.store.lead.transition</c>, and <c>.c</c> behind the
/// request that only clears. It tells our own echo, settles a lost reply, and reveals clones and restored stores.
/// </summary>
internal sealed record EffectMarker(string Store, string LeadKey, string TransitionId, bool Clears)
{
    /// <summary>Null for anything that is not a marker.</summary>
    public static EffectMarker? Parse(string? text)
    {
        var parts = text?.Split('.') ?? [];
        return parts is ["v1", { Length: > 0 } store, { Length: > 0 } lead, { Length: > 0 } transition, .. var rest] && rest is [] or ["c"]
            ? new(store, lead, transition, rest.Length == 1)
            : null;
    }

    public override string ToString() => $"v1.{Store}.{LeadKey}.{TransitionId}{(Clears ? ".c" : "")}";
}
