namespace CrmSync.Leads.Rules;

/// <summary>
/// Fading points: half of them are left after each half-life. In decimal arithmetic throughout, since <c>Math.Pow</c>
/// differs between machines.
/// </summary>
public static class HalfLife
{
    // Finer steps than 2^-40 of a half-life move no point.
    private const int Steps = 40;

    // A table of ten years asks for each of them thousands of times.
    private static readonly decimal[] Roots = RootsOfHalf();

    /// <summary>The share left, 0 to 1, after so many days. <paramref name="days"/> is not negative, <paramref name="halfLife"/> positive.</summary>
    public static decimal ShareLeft(decimal days, decimal halfLife)
    {
        var lives = days / halfLife;
        var share = 1m;
        for (; lives >= 1 && share > 0; lives--)
            share /= 2;
        // 2^-x for the rest: its binary digits choose among the roots of one half.
        for (var step = 0; step < Steps && lives > 0; step++)
        {
            lives *= 2;
            if (lives < 1)
                continue;
            share *= Roots[step];
            lives--;
        }
        return Math.Round(share, 18);
    }

    /// <summary>Whole points left at each age in days, 0 to <paramref name="lastDay"/>; halves round away from zero.</summary>
    public static int[] Table(int points, decimal halfLife, int lastDay)
    {
        var table = new int[lastDay + 1];
        for (var day = 0; day <= lastDay; day++)
        {
            table[day] = (int)Math.Round(points * ShareLeft(day, halfLife), MidpointRounding.AwayFromZero);
            // What has faded to nothing stays nothing.
            if (table[day] == 0)
                break;
        }
        return table;
    }

    // The square root of one half, its square root, and so on.
    private static decimal[] RootsOfHalf()
    {
        var roots = new decimal[Steps];
        for (var (step, root) = (0, 0.5m); step < Steps; step++)
            roots[step] = root = Root(root);
        return roots;
    }

    // Newton's method; each round doubles the digits that are right.
    private static decimal Root(decimal value)
    {
        var guess = (1 + value) / 2;
        for (var round = 0; round < 8; round++)
            guess = (guess + value / guess) / 2;
        return guess;
    }
}
