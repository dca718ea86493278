using System.Globalization;

namespace CrmSync.Worker.Commands.Rules;

/// <summary>Says now and then how far a long run is; a short one says nothing.</summary>
internal sealed class LeadsProgress(TextWriter screen)
{
    private const int Often = 50_000;
    private long _leads;

    /// <summary>One more lead is done.</summary>
    /// <param name="share">How much of all is done, 0 to 1.</param>
    public void Tell(double share)
    {
        if (++_leads % Often == 0)
            screen.WriteLine($"{_leads.ToString("N0", CultureInfo.InvariantCulture)} leads, {Math.Floor(share * 100).ToString("0", CultureInfo.InvariantCulture)} %");
    }
}
