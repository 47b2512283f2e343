global using NUnit.Framework;
global using RecordingDetail = HotPathGen.HotPath.RecordingDetail;
