namespace CrmSync.Chaos.Rigging;

/// <summary>An OAuth grant whose refresh tokens rotate. <paramref name="Grace"/>: how long a spent one is still taken.</summary>
internal sealed record GrantSetting(TimeSpan Life, TimeSpan Grace)
{
    public int LifeSeconds => (int)Life.TotalSeconds;
    public int GraceSeconds => (int)Grace.TotalSeconds;
}
