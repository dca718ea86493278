# Build: docker build -t crmsync .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# What restoring needs, and nothing more: the packages stay cached until one of them changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/CrmSync.Leads/CrmSync.Leads.csproj src/CrmSync.Leads/packages.lock.json src/CrmSync.Leads/
COPY src/CrmSync.Adapters/CrmSync.Adapters.csproj src/CrmSync.Adapters/packages.lock.json src/CrmSync.Adapters/
COPY src/CrmSync.Sandbox/CrmSync.Sandbox.csproj src/CrmSync.Sandbox/packages.lock.json src/CrmSync.Sandbox/
COPY src/CrmSync.Worker/CrmSync.Worker.csproj src/CrmSync.Worker/packages.lock.json src/CrmSync.Worker/
RUN dotnet restore src/CrmSync.Worker --locked-mode
COPY .editorconfig appsettings.json sal-rules.yaml sal-rules.cases.yaml ./
COPY src src
# SQLite's native library comes for two dozen platforms; the image runs on two.
RUN dotnet publish src/CrmSync.Worker --no-restore -c Release -o /app -p:UseAppHost=false \
    && find /app/runtimes -mindepth 1 -maxdepth 1 ! -name linux-x64 ! -name linux-arm64 -exec rm -r {} +

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
ENV CRMSYNC__DataDirectory=/data \
    DOTNET_EnableDiagnostics=0
# Left alone, the heap lets its youngest generations grow as large as the processor's cache, which on servers is hundreds
# of megabytes, and takes memory in pieces of 4 MB, most of which stay half empty in a heap as small as this. Benchmarks
# take these lines as they stand (10, 10, 5 and 1 MB, in hexadecimal).
ENV DOTNET_GCgen0size=0xa00000 \
    DOTNET_GCGen0MaxBudget=0xa00000 \
    DOTNET_GCGen1MaxBudget=0x500000 \
    DOTNET_GCRegionSize=0x100000
# The data directory belongs to the image's own unprivileged user; a fresh named volume inherits that.
USER root
RUN mkdir /data && chown "${APP_UID}:${APP_UID}" /data
USER $APP_UID
VOLUME /data
COPY --from=build /app .
EXPOSE 8080
# Needs neither a shell nor curl. It fails while the store takes no write; a CRM that is down leaves it well.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "crmsync.dll", "healthcheck"]
ENTRYPOINT ["dotnet", "crmsync.dll"]
CMD ["run"]
