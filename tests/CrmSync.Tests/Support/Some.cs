using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Support;

/// <summary>People whose values do not matter, so that the one that matters stands out.</summary>
internal static class Some
{
    /// <summary>Somebody whom sales would want, and who has not done anything yet.</summary>
    public static LeadSpec Lead(string key) => new()
    {
        Key = key,
        Name = $"Anna {key}",
        Email = $"{key}@{key}.example",
        JobTitle = "Head of Production",
        Phone = "+45 20000000",
        Country = "Denmark",
        Company = new() { Key = $"co-{key}", Name = $"Company {key}", Domain = $"{key}.example", Industry = "MACHINERY", Employees = 140, Country = "Denmark" },
    };
}
