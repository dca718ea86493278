using CsCheck;

namespace CrmSync.Tests.Rules.Fuzz;

/// <summary>
/// How many inputs a run draws and from which seed: <c>CRMSYNC_FUZZ</c> and <c>CRMSYNC_FUZZ_SEED</c>. Input <c>n</c> is a
/// function of the seed and <c>n</c> alone, so that a failure names all that is needed to see it again.
/// </summary>
internal static class FuzzInput
{
    private const int Usual = 10_000;

    internal static int Count { get; } = Setting("CRMSYNC_FUZZ", Usual);

    internal static int Seed { get; } = Setting("CRMSYNC_FUZZ_SEED", 1);

    /// <summary>The first input to draw; later ones follow it.</summary>
    internal static int First { get; } = Setting("CRMSYNC_FUZZ_FIRST", 0);

    internal static T Draw<T>(this Gen<T> gen, int input) => gen.Generate(new PCG((uint)input, (ulong)Seed), null, out _);

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) && number >= 0 ? number : usual;
}
