global using RecordingDetail = HotPathGen.HotPath.RecordingDetail;
