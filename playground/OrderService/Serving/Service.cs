using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OrderService.Invoices;
using OrderService.Orders;

namespace OrderService.Serving;

internal static class Service
{
    private const int LargestBody = 64 * 1024;

    public static WebApplication Create(ServiceOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        // The environment and settings files may name other addresses. The command line decides.
        builder.WebHost.UseSetting(WebHostDefaults.PreferHostingUrlsKey, "true").UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, OrderJson.Default));

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Catalogue>();
        builder.Services.AddSingleton<OrderStore>();
        builder.Services.AddSingleton<OrderQueue>();
        builder.Services.AddSingleton<OrderValidator>();
        builder.Services.AddSingleton<IPriceRule, QuantityDiscount>();
        builder.Services.AddSingleton<IPriceRule, LoyaltyDiscount>();
        builder.Services.AddSingleton<PriceEngine>();
        if (options.IsFixed)
        {
            builder.Services.AddSingleton<IInvoiceRenderer, LeanInvoiceRenderer>();
        }
        else
        {
            builder.Services.AddSingleton<IInvoiceRenderer, InvoiceRenderer>();
        }

        builder.Services.AddHostedService<ConfirmationWorker>();

        var service = builder.Build();
        service.UseMiddleware<RequestIds>();
        Routes.Map(service, options.IsDebuggable);
        return service;
    }

    /// <summary>Starts to listen.</summary>
    /// <returns>The address, with the port that was taken.</returns>
    public static async Task<Uri> ListenAsync(WebApplication service)
    {
        try
        {
            await service.StartAsync();
        }
        catch (IOException e)
        {
            throw new InputException($"cannot listen on {string.Join(", ", service.Urls)}: {e.Message} Choose another --url.");
        }

        return new(service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }
}
