document.body.dataset.viewed = "yes";
