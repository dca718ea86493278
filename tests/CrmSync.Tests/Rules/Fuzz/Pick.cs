using CsCheck;

namespace CrmSync.Tests.Rules.Fuzz;

/// <summary>One of some values, each as likely.</summary>
internal static class Pick
{
    internal static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
