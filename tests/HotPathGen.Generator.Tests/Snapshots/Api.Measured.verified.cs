//// /src/Sample.cs
public static class Program { public static void Main() { using (HotPath.Measure("all")) { } } }

