using CrmSync.Leads.Facts; using CrmSync.Leads.Rules;
namespace CrmSync.Leads.Texts;
public static class WhyText { public static string Offered(RuleSet r, Evaluation e, LeadFacts f, DateTimeOffset due, string language) => "stub"; }
