using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Tests.Texts.Agreement;

public sealed class GlossaryTextTests
{
    [Fact]
    public void Speaks_of_a_lead_in_its_Danish_gender() => Assert.Contains("vurderet leadet som klart til et salgstilbud", GlossaryText.Levels("da")[2].Meaning);
}
