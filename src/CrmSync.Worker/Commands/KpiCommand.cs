using System.CommandLine;
namespace CrmSync.Worker.Commands;
internal static class KpiCommand { public static Command Create(CommandWorld world) => new("kpi", "x"); }
