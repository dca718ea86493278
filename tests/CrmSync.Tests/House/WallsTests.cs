using System.Reflection;
using System.Text.RegularExpressions;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Sandbox;

namespace CrmSync.Tests.House;

/// <summary>The walls of the house: who may know whom.</summary>
public sealed partial class WallsTests
{
    private static readonly string Source = Path.Combine(Root(), "src");

    [Fact]
    public void The_domain_references_the_base_library_alone() =>
        Assert.All(typeof(LeadRef).Assembly.GetReferencedAssemblies(), a => Assert.StartsWith("System", a.Name, StringComparison.Ordinal));

    [Fact]
    public void Adapters_know_no_database_schedule_or_worker() =>
        Assert.DoesNotContain(ReferencesOf(typeof(ICrmAdapter).Assembly), a => Foreign().IsMatch(a));

    [Fact]
    public void The_sandbox_knows_neither_the_domain_nor_the_adapters() =>
        Assert.DoesNotContain(ReferencesOf(typeof(SandboxHost).Assembly), a => a is "CrmSync.Leads" or "CrmSync.Adapters" or "crmsync");

    [Fact]
    public void Adapters_do_not_reach_into_rules_or_the_handover() =>
        Assert.Empty(Lines("CrmSync.Adapters", line => line.Contains("Leads.Rules", StringComparison.Ordinal) || line.Contains("Leads.Handover", StringComparison.Ordinal)));

    [Fact]
    public void No_CRM_folder_uses_another()
    {
        string[] crms = ["HubSpot", "Salesforce", "Pipedrive"];
        foreach (var crm in crms)
        {
            var folder = Path.Combine(Source, "CrmSync.Adapters", crm);
            if (!Directory.Exists(folder))
                continue;
            foreach (var other in crms.Where(c => c != crm))
                Assert.Empty(LinesIn(folder, line => line.Contains($"Adapters.{other}", StringComparison.Ordinal)));
        }
    }

    /// <summary>Whoever takes its folder away, and its line in Program, has taken the CRM away.</summary>
    [Theory]
    [InlineData("HubSpot")]
    [InlineData("Salesforce")]
    [InlineData("Pipedrive")]
    public void A_CRM_is_one_folder_and_the_line_that_adds_it(string crm)
    {
        var separator = Path.DirectorySeparatorChar;
        var name = new Regex($@"\b(Add|Adapters\.){crm}\b|\b{crm}[A-Z]", RegexOptions.CultureInvariant); // a name in the code, no word in a text

        var beside = Lines("CrmSync.Adapters", name.IsMatch).Concat(Lines("CrmSync.Leads", name.IsMatch)).Concat(Lines("CrmSync.Worker", name.IsMatch))
            .Where(l => !l.Contains($"{separator}CrmSync.Adapters{separator}{crm}{separator}", StringComparison.Ordinal) && !l.Contains($"{separator}Demo{separator}", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, beside.Count); // the namespace and the line
        Assert.All(beside, l => Assert.Contains($"{separator}Program.cs: ", l, StringComparison.Ordinal));
    }

    [Fact]
    public void The_demo_alone_names_the_sandbox() =>
        Assert.All(
            Lines("CrmSync.Worker", line => line.Contains("CrmSync.Sandbox", StringComparison.Ordinal)),
            line => Assert.Contains($"{Path.DirectorySeparatorChar}Demo{Path.DirectorySeparatorChar}", line, StringComparison.Ordinal));

    [Fact]
    public void Program_alone_names_the_log_library() =>
        Assert.All(
            Lines("CrmSync.Worker", line => line.Contains("Serilog", StringComparison.Ordinal)),
            line => Assert.Contains("Program.cs", line, StringComparison.Ordinal));

    [Fact]
    public void Storage_alone_speaks_SQL() =>
        Assert.All(
            Lines("CrmSync.Worker", line => line.Contains("Microsoft.Data.Sqlite", StringComparison.Ordinal)),
            line => Assert.Contains($"{Path.DirectorySeparatorChar}Storage{Path.DirectorySeparatorChar}", line, StringComparison.Ordinal));

    [Theory]
    [InlineData("CrmSync.Leads")]
    [InlineData("CrmSync.Adapters")]
    [InlineData("CrmSync.Worker")]
    [InlineData("CrmSync.Sandbox")]
    public void Nobody_asks_the_wall_clock_or_sleeps(string project) => Assert.Empty(Lines(project, line => WallClock().IsMatch(line)));

    [Fact]
    public void Vendor_words_stay_in_the_vendors_folder() =>
        Assert.DoesNotContain(Lines("CrmSync.Leads", IsVendorWord).Concat(Lines("CrmSync.Worker", IsVendorWord)), l => !l.Contains("Demo", StringComparison.Ordinal));

    private static bool IsVendorWord(string line) =>
        line.Contains("lifecyclestage", StringComparison.Ordinal) || line.Contains("lastmodifieddate", StringComparison.Ordinal) || line.Contains("hs_", StringComparison.Ordinal);

    private static List<string> Lines(string project, Func<string, bool> wanted) => LinesIn(Path.Combine(Source, project), wanted);

    private static List<string> LinesIn(string folder, Func<string, bool> wanted) =>
        [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(f).Where(l => wanted(l) && !l.TrimStart().StartsWith("//", StringComparison.Ordinal)).Select(l => $"{f}: {l}"))];

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("Sqlite|Quartz|Serilog|crmsync|YamlDotNet")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|Thread\.Sleep|Task\.Delay\((?!.*(clock|Clock|Quiet|time))")]
    private static partial Regex WallClock();
}
