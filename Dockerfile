# Build: docker build -t crmsync .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
WORKDIR /source
# What restoring needs, and nothing more: the packages stay cached until one of them changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/CrmSync.Leads/CrmSync.Leads.csproj src/CrmSync.Leads/packages.lock.json src/CrmSync.Leads/
COPY src/CrmSync.Adapters/CrmSync.Adapters.csproj src/CrmSync.Adapters/packages.lock.json src/CrmSync.Adapters/
COPY src/CrmSync.Sandbox/CrmSync.Sandbox.csproj src/CrmSync.Sandbox/packages.lock.json src/CrmSync.Sandbox/
COPY src/CrmSync.Worker/CrmSync.Worker.csproj src/CrmSync.Worker/packages.lock.json src/CrmSync.Worker/
# ReadyToRun: compiled ahead for the image's processor, so that it is there in a second and needs less memory.
RUN dotnet restore src/CrmSync.Worker --locked-mode -p:PublishReadyToRun=true
COPY .editorconfig appsettings.json sal-rules.yaml sal-rules.cases.yaml ./
COPY src src
RUN dotnet publish src/CrmSync.Worker --no-restore -c Release -o /app -p:UseAppHost=false -p:PublishReadyToRun=true --self-contained false \
        -r "linux-$(echo "$TARGETARCH" | sed s/amd64/x64/)" \
    && mkdir /data

# Neither a shell nor a package manager is in it; "extra" brings the time zones.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
ENV CRMSYNC__DataDirectory=/data \
    DOTNET_EnableDiagnostics=0
# Left alone, the heap lets its youngest generations grow as large as the processor's cache, which on servers is hundreds
# of megabytes, and takes memory in pieces of 4 MB, most of which stay half empty in a heap as small as this. And malloc
# keeps a reserve for every few threads, where SQLite and OpenSSL need one. Benchmarks take these lines as they stand (10,
# 10, 5 and 1 MB, in hexadecimal).
ENV DOTNET_GCgen0size=0xa00000 \
    DOTNET_GCGen0MaxBudget=0xa00000 \
    DOTNET_GCGen1MaxBudget=0x500000 \
    DOTNET_GCRegionSize=0x100000 \
    MALLOC_ARENA_MAX=1
# The image's own unprivileged user, by number, so that Kubernetes can see that it is not root. The data directory is that
# user's; a fresh named volume inherits it.
USER 1654
COPY --from=build --chown=1654:1654 /data /data
VOLUME /data
COPY --from=build /app .
EXPOSE 8080
# Needs neither a shell nor curl. It fails while the store takes no write; a CRM that is down leaves it well.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "crmsync.dll", "healthcheck"]
ENTRYPOINT ["dotnet", "crmsync.dll"]
CMD ["run"]
