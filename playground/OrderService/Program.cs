using OrderService;

return await CommandLine.InvokeAsync(args);
