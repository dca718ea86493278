using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>Converting a lead, and winning or losing the deal; a lead is converted first.</summary>
internal static class DealActs
{
    public static void Convert(Scene scene) => Deal(scene, mayExist: false);

    public static void Close(Scene scene)
    {
        var deal = Deal(scene, mayExist: true);
        var changes = new Dictionary<string, object?> { ["status"] = scene.Act.Act == "win" ? "won" : "lost" };
        if (scene.Act.Act == "lose")
        {
            changes["lost_reason"] = scene.Act.Text;
        }

        if (double.TryParse(scene.Act.Fields.GetValueOrDefault("amount") ?? "25000", NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
        {
            changes["value"] = amount;
        }

        ItemWriter.Update(scene.Company, deal, changes, scene.Context);
    }

    private static Item Deal(Scene scene, bool mayExist)
    {
        if (scene.Record.Kind == EntityKind.Deal)
        {
            return mayExist ? scene.Record : throw new SandboxRequestException($"The lead '{scene.Act.Key}' is converted already.");
        }

        return Conversion.ToDeal(scene.Company, scene.Record, null, null, scene.Context);
    }
}
