using System.Diagnostics;
using CrmSync.Tests.Rules.Review;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.Review;

namespace CrmSync.Tests.Rules.BadInput;

/// <summary>Reads and reviews what no honest file holds, and fails if that takes long.</summary>
internal static class Timed
{
    /// <summary>A hundred times what it takes, so that a busy machine fails no test.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

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
