namespace CrmSync.Leads.Facts;

/// <summary>
/// A fact that rules may ask for. <paramref name="Name"/> is dotted lower camel case (<c>company.employees</c>).
/// A <paramref name="Personal"/> fact is stored as evidence only if a rule needs it, and is erased with the person.
/// </summary>
public sealed record FactDefinition(string Name, FactType Type, bool Personal);
