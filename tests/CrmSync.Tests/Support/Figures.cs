namespace CrmSync.Tests.Support;

/// <summary>What long runs came to, for whoever reads the end of them: <c>CRMSYNC_FIGURES=FILE</c> gathers it over all runs.</summary>
internal static class Figures
{
    private static readonly string? File = Environment.GetEnvironmentVariable("CRMSYNC_FIGURES");
    private static readonly Lock Gate = new();

    /// <summary>Says it in the test's output, and in the file.</summary>
    public static void Tell(this ITestOutputHelper output, string figure)
    {
        output.WriteLine(figure);
        if (File is null)
            return;
        lock (Gate)
            System.IO.File.AppendAllText(File, figure + "\n");
    }
}
