using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using CrmSync.Worker.Audit;

namespace CrmSync.Benchmarks.Micro;

/// <summary>Linking one audit row to the chain; beside it the hash of as many bytes.</summary>
public class AuditBenchmarks
{
    private readonly byte[] _bytes = new byte[330];
    private readonly AuditDraft _draft = new(
        AuditKind.Decided, "0123456789abcdef", "fedcba9876543210", 1, "Lead", "MarketingQualified", "AwaitingDecision",
        new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), "crmsync", new string('a', 64), new string('b', 64));

    [Benchmark(Baseline = true)]
    public byte[] HashAlone() => SHA256.HashData(_bytes);

    [Benchmark]
    public string Link() => AuditChain.Link(_draft, 41, AuditChain.Start).Hash;
}
