using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>Shows that the demo's days go by: a line that renews itself on a terminal, a line a week elsewhere.</summary>
internal sealed class DemoProgress(CommandWorld world, DemoOptions options, bool isQuiet)
{
    private int _shown = -1;

    public void At(DateTimeOffset now)
    {
        var day = (int)(now - options.Start).TotalDays;
        if (day == _shown || (!IsLive && (isQuiet || day % 7 != 0)))
            return;
        _shown = day;
        var line = $"day {day,3} of the demo, {now:yyyy-MM-dd}";
        if (IsLive)
            world.Error.Write($"\r{line}");
        else
            world.Error.WriteLine(line);
    }

    public void End()
    {
        if (IsLive)
            world.Error.Write("\r                                        \r");
    }

    private static bool IsLive => !Console.IsErrorRedirected;
}
