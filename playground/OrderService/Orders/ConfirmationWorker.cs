using HotPathGen;

namespace OrderService.Orders;

/// <summary>Confirms orders in the background. When the service stops, it first confirms those that wait.</summary>
internal sealed class ConfirmationWorker(OrderQueue queue, OrderStore store) : BackgroundService
{
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (long id in queue.ReadAllAsync())
        {
            Confirm(id);
            queue.Done();
        }
    }

    [Instrument]
    private void Confirm(long id) => store.Confirm(id);
}
