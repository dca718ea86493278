namespace CrmSync.Adapters.Salesforce;

/// <summary>How a connection proves who it is.</summary>
internal enum SalesforceLogin
{
    /// <summary>A session of somebody else's making.</summary>
    Token,
    ClientCredentials,

    /// <summary>A signed assertion: <c>ClientSecret</c> holds the private key.</summary>
    Assertion,
    RefreshToken,
}
