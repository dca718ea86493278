using CrmSync.Tests.Storage;
using CrmSync.Worker.Configuration;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Configuration;

/// <summary>Limits, pilot and notices as written, and what is said of the wrong ones.</summary>
public sealed class BrakeSettingsTests : IDisposable
{
    private readonly ScratchDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("owner:42", "owner:42")]
    [InlineData("List: 7", "list:7")]
    [InlineData("", null)]
    public void Reads_a_pilot(string only, string? expected)
    {
        var problems = new List<SettingProblem>();
        Assert.Equal(expected, BrakeReader.PilotOf("c", new() { Only = only }, problems)?.ToString());
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("42")]
    [InlineData("owner:")]
    [InlineData("0:42")]
    [InlineData("team:1")]
    public void Says_how_a_pilot_is_written(string only)
    {
        var problems = new List<SettingProblem>();
        Assert.Null(BrakeReader.PilotOf("c", new() { Only = only }, problems));
        Assert.Contains("owner:ID", Assert.Single(problems).Repair, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_have_bounds()
    {
        var problems = new List<SettingProblem>();
        BrakeReader.Limits("c", new() { PerOwnerAndDay = 0, PerDay = 1_001, Days = -1 }, problems);
        Assert.Equal(["c:Offers:PerOwnerAndDay", "c:Offers:PerDay", "c:Offers:Days"], problems.Select(p => p.Setting));
    }

    [Fact]
    public void Reads_whom_to_tell_and_the_secrets_from_files()
    {
        File.WriteAllText(_directory.File("hook"), "https://hooks.example/T0/secret\n");
        File.WriteAllText(_directory.File("password"), "pw\n");
        var (notify, problems) = Read(
            ("WebhookFile", _directory.File("hook")), ("Smtp:Host", "mail.example"), ("Smtp:From", "a@example.com"), ("Smtp:To:0", "b@example.com"),
            ("Smtp:User", "u"), ("Smtp:PasswordFile", _directory.File("password")), ("At", "07:30"), ("Names", "true"), ("Tries", "3"));
        Assert.Empty(problems);
        Assert.Equal(("https://hooks.example/T0/secret", "pw", new TimeOnly(7, 30), true), (notify!.Webhook!.Reveal(), notify.Smtp!.Password!.Reveal(), notify.At, notify.Names));
        Assert.Equal((587, SmtpTls.StartTls, 3), (notify.Smtp.Port, notify.Smtp.Tls, notify.Tries));
    }

    [Theory]
    [InlineData("Webhook", "http://hooks.example/x", "Notify:Webhook")]
    [InlineData("Webhook", "hooks", "Notify:Webhook")]
    [InlineData("At", "25:00", "Notify:At")]
    [InlineData("At", "8", "Notify:At")]
    [InlineData("Names", "perhaps", "Notify:Names")]
    [InlineData("Tries", "0", "Notify:Tries")]
    [InlineData("Tries", "11", "Notify:Tries")]
    [InlineData("Smtp:Port", "many", "Notify:Smtp:Port")]
    [InlineData("Smtp:Tls", "none", "Notify:Smtp:Tls")]
    [InlineData("Smtp:From", "nobody", "Notify:Smtp:From")]
    [InlineData("Smtp:To:0", "", "Notify:Smtp:To")]
    [InlineData("Smtp:PasswordFile", "/nowhere", "Notify:Smtp:PasswordFile")]
    [InlineData("Slack", "x", "Notify:Slack")]
    [InlineData("Smtp:Hots", "x", "Notify:Smtp:Hots")]
    public void Says_what_is_wrong_and_where(string setting, string value, string where)
    {
        var (_, problems) = Read([("Smtp:Host", "mail.example"), ("Smtp:From", "a@example.com"), ("Smtp:To:0", "b@example.com"), (setting, value)]);
        Assert.Contains(problems, p => p.Setting == where);
        Assert.DoesNotContain(problems, p => value.Length > 5 && p.Problem.Contains(value, StringComparison.Ordinal) && !value.StartsWith('/'));
    }

    [Fact]
    public void Plain_http_and_mail_without_TLS_are_for_this_machine() =>
        Assert.Empty(Read(("Webhook", "http://127.0.0.1:9/x"), ("Smtp:Host", "localhost"), ("Smtp:Tls", "none"), ("Smtp:From", "a@example.com"), ("Smtp:To:0", "b@example.com")).Problems);

    private static (NotifySettings? Settings, List<SettingProblem> Problems) Read(params (string Name, string Value)[] settings)
    {
        var problems = new List<SettingProblem>();
        var written = settings.GroupBy(s => s.Name).Select(s => KeyValuePair.Create($"Notify:{s.Key}", (string?)s.Last().Value));
        return (NotifyReader.Read(new ConfigurationBuilder().AddInMemoryCollection(written).Build().GetSection("Notify"), problems), problems);
    }
}
