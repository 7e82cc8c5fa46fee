app_name = "modelcalls"
urlpatterns: list = []
