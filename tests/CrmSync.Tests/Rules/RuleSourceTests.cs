using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules;

public sealed class RuleSourceTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"rules-{Guid.NewGuid():N}.yaml");

    public RuleSourceTests() => File.WriteAllText(_path, RuleSamples.ShippedText);

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Takes_changed_rules()
    {
        var source = RuleSource.Open(_path).Source!;
        Assert.False(source.TryReload().Changed);
        File.WriteAllText(_path, RuleSamples.ShippedText.Replace("\nversion: 1\n", "\nversion: 2\n"));
        Assert.True(source.TryReload().Changed);
        Assert.Equal(2, source.Current.Version);
    }

    [Fact]
    public void Keeps_the_old_rules_when_the_file_breaks_or_goes()
    {
        var source = RuleSource.Open(_path).Source!;
        File.WriteAllText(_path, "name: [");
        var reload = source.TryReload();
        Assert.False(reload.Changed);
        Assert.NotEmpty(reload.Problems);
        Assert.NotEmpty(source.TryReload().Problems);
        File.Delete(_path);
        Assert.Same(reload.Rules, source.TryReload().Rules);
        File.WriteAllText(_path, RuleSamples.ShippedText);
        Assert.Empty(source.TryReload().Problems);
    }
}
