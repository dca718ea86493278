namespace CrmSync.Leads.Aliases;

/// <summary>Common titles in both languages, so that each reader sees their own, and the CRMs' buying roles.</summary>
internal static class Roles
{
    internal static IReadOnlyList<AliasEntry> All { get; } = AliasEntry.ParseTable("""
        production-manager | produktionschef | production manager | produktionsleder, manufacturing manager
        plant-manager | fabrikschef | plant manager | fabriksdirektør, factory manager
        operations-manager | driftschef | operations manager | driftsleder
        operations-director | driftsdirektør | operations director | COO, chief operating officer, director of operations
        chief-executive | administrerende direktør | managing director | CEO, adm. direktør, adm. dir., chief executive officer
        finance-director | økonomidirektør | finance director | CFO, chief financial officer, finansdirektør
        finance-manager | økonomichef | finance manager | head of finance
        technical-director | teknisk direktør | technical director | CTO, chief technology officer
        technical-manager | teknisk chef | technical manager | engineering manager
        it-manager | it-chef | IT manager | head of IT
        it-director | it-direktør | IT director | CIO, chief information officer
        purchasing-manager | indkøbschef | purchasing manager | procurement manager, head of procurement
        sales-manager | salgschef | sales manager | head of sales
        sales-director | salgsdirektør | sales director | director of sales
        marketing-manager | marketingchef | marketing manager | head of marketing
        marketing-director | marketingdirektør | marketing director | CMO, chief marketing officer
        quality-manager | kvalitetschef | quality manager | head of quality
        project-manager | projektleder | project manager | projektchef
        logistics-manager | logistikchef | logistics manager | supply chain manager
        hr-manager | hr-chef | HR manager | head of HR, people manager
        owner | ejer | owner | indehaver, founder, stifter, medejer, co-owner
        director | direktør | director |
        student | studerende | student | stud.
        """);

    internal static IReadOnlyList<AliasEntry> Buying { get; } = AliasEntry.ParseTable("""
        decision-maker | beslutter | decision-maker | DECISION_MAKER, beslutningstager, Decision Maker
        budget-holder | budgetansvarlig | budget holder | BUDGET_HOLDER
        executive-sponsor | sponsor i ledelsen | executive sponsor | EXECUTIVE_SPONSOR
        champion | fortaler | champion | CHAMPION
        influencer | påvirker | influencer | INFLUENCER
        end-user | slutbruger | end user | END_USER
        blocker | modstander | blocker | BLOCKER
        """);
}
