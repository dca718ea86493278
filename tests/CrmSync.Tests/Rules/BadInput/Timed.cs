using System.Diagnostics;
using CrmSync.Tests.Rules.Review;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.Review;

namespace CrmSync.Tests.Rules.BadInput;

/// <summary>Reads and reviews what no honest file holds, and fails if that takes long.</summary>
internal static class Timed
{
    /// <summary>None takes more than two seconds of a processor; a busy machine must fail no test.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static RuleFileResult Read(string text)
    {
        var watch = Stopwatch.StartNew();
        var result = RuleFile.Parse(text, "r.yaml");
        RuleReview.Of("r.yaml", result, ReviewSamples.Today);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
        Assert.InRange(result.Problems.Count, 0, 201);
        return result;
    }
}
