namespace CrmSync.Adapters;

/// <summary>A value that must reach no log, error or screen: it does not print itself.</summary>
public sealed class Secret(string value)
{
    /// <summary>The value itself, for the one line that sends or checks it.</summary>
    public string Reveal() => value;

    public override string ToString() => "***";
}
