namespace CrmSync.Adapters;

/// <summary>A value that must reach no log, error or screen: it does not print itself.</summary>
public sealed class Secret(string value)
{
    private volatile string _value = value;

    /// <summary>The value itself, for the one line that sends or checks it.</summary>
    public string Reveal() => _value;

    /// <summary>It was rotated where it came from; whoever holds it sends the new value from now on.</summary>
    public void Replace(string value) => _value = value;

    public override string ToString() => "***";
}
