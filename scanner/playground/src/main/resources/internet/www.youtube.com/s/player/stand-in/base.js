fetch("/youtubei/v1/log_event?alt=json", {method: "POST", body: "{}"}).catch(function () {});
