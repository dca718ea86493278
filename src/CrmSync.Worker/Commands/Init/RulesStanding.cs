namespace CrmSync.Worker.Commands.Init;

/// <summary>Whether the rules that were written are those that the settings lead to.</summary>
/// <param name="Written">The file, in full.</param>
/// <param name="Before">The file in force before it was written; null: the settings cannot be read.</param>
/// <param name="Now">The one in force since.</param>
internal sealed record RulesStanding(string Written, string? Before, string? Now)
{
    public bool IsInForce => Now == Written;

    /// <summary>What is left to be done until leads are judged by them.</summary>
    public string Told => this switch
    {
        { IsInForce: true } when Before == Written => "judges your leads by them: they are in force, and a running worker takes them within seconds",
        { IsInForce: true } => "judges your leads by them: they are in force from its next start on",
        { Now: { } other } => $"judges your leads by them once the setting Rules says {Written}; in force is {other}",
        _ => $"judges your leads by them once the setting Rules says {Written}",
    };
}
