using CrmSync.Leads.Facts;

namespace CrmSync.Worker.WriteBack;

/// <summary>A guard reads no facts.</summary>
internal static class Facts
{
    public static FactCatalogue None => FactCatalogue.BuiltIn;
}
