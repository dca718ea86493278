using CrmSync.Worker.Storage;
namespace CrmSync.Worker.Reports;
internal sealed class KpiReport { public static Task<KpiReport> OfAsync(IStoreReports r, DateTimeOffset now, TimeZoneInfo z, CancellationToken c) => Task.FromResult(new KpiReport()); }
internal static class KpiScreen { public static void Print(TextWriter w, KpiReport r) {} }
